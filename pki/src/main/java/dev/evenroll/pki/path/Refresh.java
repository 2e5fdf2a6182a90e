package dev.evenroll.pki.path;

/// What a look at a directory of trust anchors brought: see [AnchorDirectory#refresh].
public sealed interface Refresh {
    /// Nothing new since the look before.
    record Unchanged() implements Refresh {}

    /// The anchors in force are other ones now.
    ///
    /// @param anchors those in force
    record Changed(TrustAnchors anchors) implements Refresh {}

    /// The directory changed but can not be used; the former anchors stay in force. Told once for each
    /// problem; [AnchorDirectory#problem] tells it as long as it lasts.
    ///
    /// @param problem in plain words, naming the file
    record Unusable(String problem) implements Refresh {}
}
