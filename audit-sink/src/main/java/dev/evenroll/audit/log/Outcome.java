package dev.evenroll.audit.log;

/// How the thing that an audit record tells of ended.
public enum Outcome {
    /// It was done.
    SUCCESS("success"),
    /// It was asked for and not done.
    REFUSED("refused"),
    /// Nobody asked for it: it was noticed.
    OBSERVED("observed");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /// The word in the record.
    public String text() {
        return text;
    }
}
