package dev.evenroll.cli.rows;

import dev.evenroll.cli.administration.RowAnswer;

/// How the rows of an import ended.
///
/// @param registered devices that are new
/// @param unchanged devices that were registered like this before
/// @param updated devices that were registered differently, and are changed
/// @param valid rows that may be registered, of a trial that registers nothing
/// @param refused rows that the registry did not take
/// @param invalid rows that can not be registered as they are written
public record Tally(long registered, long unchanged, long updated, long valid, long refused, long invalid) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    public long rows() {
        return registered + unchanged + updated + valid + refused + invalid;
    }

    /// Rows that stand in the file of rejected rows.
    public long rejected() {
        return refused + invalid;
    }

    Tally and(RowAnswer.Result result) {
        return switch (result) {
            case REGISTERED -> new Tally(registered + 1, unchanged, updated, valid, refused, invalid);
            case UNCHANGED -> new Tally(registered, unchanged + 1, updated, valid, refused, invalid);
            case UPDATED -> new Tally(registered, unchanged, updated + 1, valid, refused, invalid);
            case REFUSED -> new Tally(registered, unchanged, updated, valid, refused + 1, invalid);
            case INVALID -> new Tally(registered, unchanged, updated, valid, refused, invalid + 1);
        };
    }

    Tally andValid(long more) {
        return new Tally(registered, unchanged, updated, valid + more, refused, invalid);
    }
}
