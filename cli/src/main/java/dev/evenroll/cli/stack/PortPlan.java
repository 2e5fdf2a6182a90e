package dev.evenroll.cli.stack;

import dev.evenroll.cli.process.FailedStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/// Chooses the ports of a start: what was asked for, else what the start before had, else free ones.
final class PortPlan {

    /// Below the ranges from which Linux (32768) and macOS (49152) give ports to outgoing connections, so that nothing
    /// takes a port between the choice and the bind.
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 29_999;
    private static final int ATTEMPTS = 1_000;

    private final IntPredicate free;
    private final Consumer<String> notes;
    private final Set<Integer> taken = new HashSet<>();

    /// @param free whether a port can be listened to now
    /// @param notes takes sentences for people
    PortPlan(IntPredicate free, Consumer<String> notes) {
        this.free = free;
        this.notes = notes;
    }

    /// Whether a port of the loopback interface can be listened to.
    static boolean freeOnLoopback(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }

    /// @param asked ports of the command line
    /// @param recorded ports of the start before; none at the first
    /// @throws FailedStartException when a port that must be had is taken
    Map<Port, Integer> choose(Map<Port, Integer> asked, Map<Port, Integer> recorded) throws FailedStartException {
        var chosen = new EnumMap<Port, Integer>(Port.class);
        for (var port : Port.values()) {
            if (asked.containsKey(port)) {
                chosen.put(port, asked(port, asked.get(port), recorded));
            } else if (recorded.containsKey(port)) {
                chosen.put(port, again(port, recorded.get(port)));
            }
        }
        for (var port : Port.values()) {
            if (!chosen.containsKey(port)) {
                chosen.put(port, any());
            }
        }
        return chosen;
    }

    private int asked(Port port, int number, Map<Port, Integer> recorded) throws FailedStartException {
        if (port == Port.CRL && recorded.getOrDefault(port, number) != number) {
            throw new FailedStartException("The CRL port of this data directory is " + recorded.get(port)
                    + ": certificates that were issued name it, so it can not become " + number
                    + ". Leave --crl-port out, or start anew in another directory with --data.");
        }
        if (!take(number)) {
            throw new FailedStartException("Port " + number + " (" + port.option()
                    + ") is taken: end the program that listens there, or choose another port.");
        }
        return number;
    }

    private int again(Port port, int number) throws FailedStartException {
        if (take(number)) {
            return number;
        }
        if (port == Port.CRL) {
            throw new FailedStartException("Port " + number
                    + " of the CRL distribution point is taken, and certificates that were issued name it: end the"
                    + " program that listens there, or start anew in another directory with --data.");
        }
        var other = any();
        notes.accept("Port " + number + " (" + port.label() + ") is taken by another program: using " + other + ".");
        return other;
    }

    private int any() throws FailedStartException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var number = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            if (take(number)) {
                return number;
            }
        }
        throw new FailedStartException("No free port between " + LOWEST + " and " + HIGHEST
                + ": end some of the programs that listen there, or configure the ports.");
    }

    private boolean take(int number) {
        return !taken.contains(number) && free.test(number) && taken.add(number);
    }
}
