package dev.evenroll.revocation.crl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.crl.CrlKind;
import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublishedCrlsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final TestAuthority authority = new TestAuthority(new MovableClock(NOW));
    private final PublishedCrls published = new PublishedCrls(Issuers.of(authority.issuer()), authority.addresses());
    private final CrlName name = published.shards().getFirst().complete();

    private Der list(TestAuthority signer, long number) {
        return signer.signCrl(signer.list(number, NOW));
    }

    @Test
    void servesTheNewestList() throws MalformedException {
        published.offer(name, 1, list(authority, 1));
        var second = list(authority, 2);
        published.offer(name, 2, second);
        published.offer(name, 2, second);

        assertThat(published.find(name))
                .contains(new PublishedCrl(
                        name, 2, NOW, NOW.plus(Duration.ofHours(24)), List.of(authority.crlUrl()), 0, second));
    }

    @Test
    void refusesAnOlderList() throws MalformedException {
        published.offer(name, 2, list(authority, 2));

        refuses(1, list(authority, 1), "crlNumber: is 1, but number 2 of shard " + name + " is served");
    }

    @Test
    void refusesASecondListWithTheSameNumber() throws MalformedException {
        published.offer(name, 2, list(authority, 2));

        refuses(2, list(authority, 2), "crlNumber: is 2, but number 2 of shard " + name + " is served");
    }

    @Test
    void refusesAListOfAnotherCa() {
        var other = new TestAuthority(new MovableClock(NOW));

        refuses(
                1,
                list(other, 1),
                "crl: the signature is not that of the CA with key id "
                        + authority.issuer().keyId());
    }

    @Test
    void refusesANumberThatTheListDoesNotHave() {
        refuses(2, list(authority, 1), "crlNumber: is 2, but the list says 1");
    }

    @Test
    void refusesAShardThatTheCaDoesNotHave() {
        var foreign = new CrlName("ab12", 0, false);

        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> published.offer(foreign, 1, list(authority, 1)))
                .withMessage("shard: ab12-0 is of none of the CAs with the key ids ["
                        + authority.issuer().keyId() + "] (evenroll.ca.directory)");
    }

    @Test
    void refusesAShardThatNoCaHas() {
        var beyond = new CrlName(authority.issuer().keyId(), 4096, false);

        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> published.offer(beyond, 1, list(authority, 1)))
                .withMessage("shard: " + beyond + " is the list of no CA: shards are counted from 0 to 4095");
    }

    @Test
    void aDeltaListIsNeverServedInPlaceOfACompleteOne() throws MalformedException {
        var delta = authority.signCrl(authority.list(new CrlKind.Delta(1), 2, NOW));

        refuses(2, delta, "baseCrlNumber: does not fit the list, which is Delta[base=1]");
        published.offer(new CrlName(name.issuerKeyId(), 0, true), 2, delta);
        assertThat(published.find(name)).isEmpty();
    }

    /// Certificates name it until they end.
    @Test
    void aShardThatWasPublishedGoesOnWhenThereAreFewer() throws MalformedException {
        var keyId = authority.issuer().keyId();
        published.offer(new CrlName(keyId, 5, false), 1, list(authority, 1));

        assertThat(published.shards(authority.issuer()))
                .containsExactly(new CrlShard(keyId, 0), new CrlShard(keyId, 5));
    }

    @Test
    void refusesEveryMutationOfAList() {
        var bytes = list(authority, 1).bytes();
        var random = new Random(42);
        for (int round = 0; round < 500; round++) {
            var hostile = bytes.clone();
            hostile[random.nextInt(hostile.length)] ^= (byte) (1 + random.nextInt(255));
            if (round % 3 == 0) {
                hostile = Arrays.copyOf(hostile, random.nextInt(hostile.length));
            }
            var list = Der.of(hostile);
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> published.offer(name, 1, list));
        }
        assertThat(published.find(name)).isEmpty();
    }

    private void refuses(long number, Der list, String message) {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> published.offer(name, number, list))
                .withMessage(message);
    }
}
