package dev.evenroll.gateway.est;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The operations of EST that this gateway offers (RFC 7030 section 3.2.2).
public enum EstOperation {
    /// The certificates of the CA, RFC 7030 section 4.1; for everybody.
    CACERTS("cacerts", "GET, HEAD"),
    /// A first certificate, RFC 7030 section 4.2.1.
    SIMPLEENROLL("simpleenroll", "POST"),
    /// The next certificate, RFC 7030 section 4.2.2.
    SIMPLEREENROLL("simplereenroll", "POST");

    private final String segment;
    private final String methods;

    EstOperation(String segment, String methods) {
        this.segment = segment;
        this.methods = methods;
    }

    /// The operation of a path segment.
    static Optional<EstOperation> of(String segment) {
        return Arrays.stream(values())
                .filter(operation -> operation.segment.equals(segment))
                .findFirst();
    }

    /// The last segment of its path.
    public String segment() {
        return segment;
    }

    /// The HTTP methods it takes, as the header field `Allow` lists them.
    String methods() {
        return methods;
    }

    /// Whether it takes an HTTP method.
    public boolean takes(String method) {
        return List.of(methods.split(", ")).contains(method);
    }
}
