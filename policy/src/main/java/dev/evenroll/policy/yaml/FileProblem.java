package dev.evenroll.policy.yaml;

/// One thing that keeps a file of policies from being used.
///
/// @param line where it stands in the file, from 1
/// @param column where it stands in the line, in characters from 1
/// @param reason the key (`file` for the whole), what is wrong and what to do, without a full stop
public record FileProblem(int line, int column, String reason) {

    /// The key that it is about; `file` for the whole, and `policy` for one of the policies.
    public String field() {
        return reason.substring(0, reason.indexOf(": "));
    }

    /// `line 3, column 5: reason`.
    public String sentence() {
        return "line " + line + ", column " + column + ": " + reason;
    }

    /// `policies.yaml:3:5: reason`, as compilers say it.
    public String in(String file) {
        return file + ":" + line + ":" + column + ": " + reason;
    }
}
