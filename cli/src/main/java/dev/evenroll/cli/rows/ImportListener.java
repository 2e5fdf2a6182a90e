package dev.evenroll.cli.rows;

/// Who wants to know how far an import has come. Called by the thread that runs it.
public interface ImportListener {

    /// An interrupted import goes on.
    ///
    /// @param rows that are done
    void resumed(long rows);

    /// The registry has taken devices, and warns of something. The same warning may come again.
    void warned(String warning);

    /// A batch is done.
    ///
    /// @param bytesRead how much of the file it has taken so far
    void progressed(Tally tally, long bytesRead);
}
