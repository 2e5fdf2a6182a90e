package dev.evenroll.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    private final Set<Integer> taken = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final PortPlan plan = new PortPlan(port -> !taken.contains(port), notes::add);

    @Test
    void theFirstStartTakesFreePortsThatOutgoingConnectionsDoNotGet() throws Exception {
        var chosen = plan.choose(Map.of(), Map.of());
        assertThat(chosen).hasSize(Port.values().length);
        assertThat(new HashSet<>(chosen.values())).hasSize(Port.values().length);
        assertThat(chosen.values()).allMatch(port -> port >= 20_000 && port < 30_000);
    }

    @Test
    void aLaterStartTakesThePortsOfTheOneBefore() throws Exception {
        var before = new PortPlan(port -> true, notes::add).choose(Map.of(), Map.of());
        assertThat(plan.choose(Map.of(), before)).isEqualTo(before);
        assertThat(notes).isEmpty();
    }

    @Test
    void aPortOfTheStartBeforeThatIsTakenBecomesAnotherAndIsSaid() throws Exception {
        taken.add(21_000);
        var chosen = plan.choose(Map.of(), Map.of(Port.EST, 21_000));
        assertThat(chosen.get(Port.EST)).isNotEqualTo(21_000);
        assertThat(notes)
                .containsExactly("Port 21000 (est) is taken by another program: using " + chosen.get(Port.EST) + ".");
    }

    @Test
    void theCrlPortIsNeverChanged() {
        taken.add(21_001);
        assertThatThrownBy(() -> plan.choose(Map.of(), Map.of(Port.CRL, 21_001)))
                .hasMessage("Port 21001 of the CRL distribution point is taken, and certificates that were issued name"
                        + " it: end the program that listens there, or start anew in another directory with --data.");
        assertThatThrownBy(() -> plan.choose(Map.of(Port.CRL, 21_002), Map.of(Port.CRL, 21_001)))
                .hasMessage("The CRL port of this data directory is 21001: certificates that were issued name it, so it"
                        + " can not become 21002. Leave --crl-port out, or start anew in another directory with"
                        + " --data.");
    }

    @Test
    void whatIsAskedForIsTakenOrRefused() throws Exception {
        assertThat(plan.choose(Map.of(Port.EST, 8443), Map.of(Port.EST, 21_000)).get(Port.EST))
                .isEqualTo(8443);
        taken.add(8444);
        assertThatThrownBy(() -> plan.choose(Map.of(Port.REGISTRY, 8444), Map.of()))
                .hasMessage("Port 8444 (--registry-port) is taken: end the program that listens there, or choose"
                        + " another port.");
    }

    @Test
    void onePortIsNotTakenTwice() {
        assertThatThrownBy(() -> plan.choose(Map.of(Port.EST, 8443, Port.REGISTRY, 8443), Map.of()))
                .hasMessageStartingWith("Port 8443 (--registry-port) is taken");
    }

    @Test
    void aPortThatIsListenedToIsNotFree() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortPlan.freeOnLoopback(socket.getLocalPort())).isFalse();
        }
    }
}
