package dev.evenroll.e2e.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One connection that asks connection authorization at fixed times, and reads each answer. Plain sockets: a client
/// library would take more time than the answer.
final class QuestionLine {

    private static final String GOOD = "HTTP/1.1 204";
    private static final String END = "\r\n\r\n";
    private static final int LONGEST_ANSWER = 4096;

    private QuestionLine() {}

    /// Asks `count` questions: of all that are due, one after the other at a rate, every `step`-th from `first` on.
    ///
    /// @param begin when the first of all is due, in nanoseconds of the JVM
    /// @return nanoseconds from when each was due to its answer
    static long[] ask(URI address, List<byte[]> questions, long begin, int rate, int first, int step, int count)
            throws IOException {
        var nanos = new long[count];
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setTcpNoDelay(true);
            var out = socket.getOutputStream();
            var in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < count; i++) {
                long number = first + (long) i * step;
                long due = begin + number * 1_000_000_000L / rate;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                out.write(questions.get((int) (number % questions.size())));
                out.flush();
                readGood(in);
                nanos[i] = System.nanoTime() - due;
            }
        }
        return nanos;
    }

    private static void readGood(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < LONGEST_ANSWER && head.indexOf(END, head.length() - END.length()) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("connection authorization closed the connection after: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith(GOOD)) {
            throw new IOException("connection authorization did not let a device in: " + head);
        }
    }
}
