package dev.evenroll.validator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.validator.simulation.HttpsListener;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How replicas reach each other.
@SuppressWarnings("NullAway.Init") // JUnit sets the field
class ReplicaClientTest {

    @TempDir
    private Path directory;

    @Test
    void onlyReplicasThatTheAnchorCertifiesAreAsked() throws Exception {
        try (var replica = HttpsListener.start(exchange -> {
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
                var trusting = ReplicaClient.of(Optional.of(replica.anchor(directory)));
                var other = ReplicaClient.of(Optional.empty())) {
            var request = HttpRequest.newBuilder(replica.uri()).build();
            assertThat(trusting.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(204);
            assertThatThrownBy(() -> other.send(request, BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void anAnchorThatIsNoneStopsTheStart() throws Exception {
        var garbage = Files.writeString(directory.resolve("garbage.pem"), "garbage");
        assertThatThrownBy(() -> ReplicaClient.of(Optional.of(garbage)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "evenroll.advertised-anchor: the CA certificate in " + garbage + " can not be used (")
                .hasMessageEndingWith("); set it to a PEM file of the CA that certifies the administration listeners.");
    }

    @Test
    void theAdvertisedAddressIsThatOfAListener() {
        assertThat(AdvertisedUrl.of(URI.create("https://validator-1.example:8443"))
                        .hostAndPort())
                .isEqualTo("validator-1.example:8443");
        assertThat(AdvertisedUrl.of(URI.create("https://validator-1.example/")).hostAndPort())
                .isEqualTo("validator-1.example:443");
        assertThat(AdvertisedUrl.of(URI.create("https://[::1]:8443")).hostAndPort())
                .isEqualTo("[::1]:8443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h:1", "https://h:1/devices", "https://u@h:1", "https://h:1?x", "h:1", "https:///x"})
    void anotherAddressStopsTheStart(String url) {
        assertThatThrownBy(() -> AdvertisedUrl.of(URI.create(url)))
                .hasMessage("evenroll.advertised-url: \"" + url
                        + "\" is not of the form https://host:port; set it to the address under which the other "
                        + "replicas reach the administration listener of this one.");
    }
}
