package dev.evenroll.e2e.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One client of an OCSP responder: a connection with one question under way at most, opened again whenever the
/// responder closes it. Plain sockets: a client library would take more time than the answer.
///
/// Of one thread.
final class OcspLine implements AutoCloseable {

    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final String GOOD = " 200 ";
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String CLOSING = "\r\nconnection: close";
    private static final String OLD = "http/1.0";

    private final URI address;
    private final byte[] buffer = new byte[LONGEST_ANSWER];
    private @Nullable Socket socket;
    private byte[] asked = {};

    /// A client that is not connected yet.
    OcspLine(URI address) {
        this.address = address;
    }

    /// Sends a question.
    void ask(byte[] question) throws IOException {
        var connected = socket;
        if (connected == null) {
            connected = new Socket(address.getHost(), address.getPort());
            connected.setTcpNoDelay(true);
            socket = connected;
        }
        asked = question;
        connected.getOutputStream().write(question);
    }

    /// The question that was sent last.
    byte[] asked() {
        return asked.clone();
    }

    /// Reads the answer.
    ///
    /// @return the OCSPResponse
    /// @throws IOException when it does not come, or is not one with status 200
    byte[] answer() throws IOException {
        if (socket == null) {
            throw new IOException("nothing was asked");
        }
        var in = socket.getInputStream();
        int filled = 0;
        int body = -1;
        while (body < 0) {
            filled = more(in, filled);
            body = endOfHead(buffer, filled);
        }
        var head = new String(buffer, 0, body, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int end = body + length(head);
        while (filled < end) {
            filled = more(in, filled);
        }
        if (head.startsWith(OLD) || head.contains(CLOSING)) {
            // Whoever closes first keeps the port for a minute: that is left to the responder.
            if (in.read() >= 0) {
                throw new IOException("the responder sent more than it said: " + head);
            }
            close();
        }
        return Arrays.copyOfRange(buffer, body, end);
    }

    private int more(InputStream in, int filled) throws IOException {
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read <= 0) {
            throw new IOException("the responder ended its answer after " + filled + " bytes");
        }
        return filled + read;
    }

    /// Where the body begins; -1 when the head is not complete.
    static int endOfHead(byte[] bytes, int filled) {
        for (int at = 0; at + END_OF_HEAD.length <= filled; at++) {
            if (Arrays.equals(bytes, at, at + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return at + END_OF_HEAD.length;
            }
        }
        return -1;
    }

    private int length(String head) throws IOException {
        int at = head.indexOf(LENGTH);
        if (at < 0 || !head.startsWith(GOOD, OLD.length())) {
            throw new IOException("the responder did not answer the question: " + head);
        }
        int begin = at + LENGTH.length();
        int length = Integer.parseInt(
                head.substring(begin, head.indexOf('\r', begin)).strip());
        if (length < 0 || length > LONGEST_ANSWER - head.length()) {
            throw new IOException("the responder sends " + length + " bytes, too many for an answer");
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
