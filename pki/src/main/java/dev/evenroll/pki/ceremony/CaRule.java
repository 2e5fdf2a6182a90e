package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.MalformedException;
import java.util.List;

/// One rule about certificates of CAs that are about to be signed.
interface CaRule {

    /// The name of the rule in kebab case, as it stands in a failure.
    String name();

    /// The sentences that say what is wrong; empty when nothing is.
    ///
    /// @throws MalformedException when a part can not be decoded; the linter makes a failure of it
    List<String> judge(CaExamination examined) throws MalformedException;
}
