package dev.evenroll.cli.output;

/// A column of a [Table].
///
/// @param title its head
/// @param widest in characters; longer cells are shortened in the middle, or continued on the next line when wrapped
public record Column(String title, int widest, Fit fit) {

    /// How a cell is put into its column.
    enum Fit {
        LEFT,
        RIGHT,
        WRAPPED
    }

    public static Column left(String title, int widest) {
        return new Column(title, widest, Fit.LEFT);
    }

    /// For numbers.
    public static Column right(String title, int widest) {
        return new Column(title, widest, Fit.RIGHT);
    }

    /// For sentences; as wide as the table leaves room, so it stands last.
    public static Column wrapped(String title) {
        return new Column(title, Table.WIDTH, Fit.WRAPPED);
    }
}
