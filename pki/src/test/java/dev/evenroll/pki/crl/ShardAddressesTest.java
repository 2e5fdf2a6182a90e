package dev.evenroll.pki.crl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.ProfileDraft;
import dev.evenroll.pki.issuance.CertificateAssembly;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShardAddressesTest {
    private static final String KEY_ID = Fixture.CA.issuingCertificate().keyId();
    private static final String URL = "http://crl.example/{issuer}/{shard}.crl";

    private static Profile profile(@Nullable String url, int shards) {
        return Profile.validate(
                new ProfileDraft().addresses(url, shards, null, null).config());
    }

    private static X509Certificate certificate(@Nullable String url, int shards, long serialNumber) throws Exception {
        var ca = Fixture.CA.issuingCertificate();
        var prepared = CertificatePreparation.prepare(
                        ca,
                        profile(url, shards),
                        Subject.of("CP-0001", "Example Charging"),
                        Fixture.spki(Fixture.DEVICE_KEYS.getPublic()),
                        new SerialNumber(BigInteger.valueOf(serialNumber)),
                        Fixture.NOW)
                .tbsCertificate();
        return Certificates.decode(CertificateAssembly.assemble(prepared, ca.scheme(), Fixture.CA.sign(prepared), ca));
    }

    @Test
    void aListHasTheNamesThatCertificatesGiveIt() {
        var other = "http://mirror.example/{issuer}-{shard}";
        var addresses =
                ShardAddresses.of(List.of(profile(URL, 8), profile(null, 8), profile(other, 8), profile(URL, 8)));

        assertThat(addresses.shards()).isEqualTo(8);
        assertThat(addresses.of("0a", 5)).containsExactly("http://crl.example/0a/5.crl", "http://mirror.example/0a-5");
        assertThat(addresses.delta("0a", 5)).contains("http://crl.example/0a/5-delta.crl");
        assertThat(ShardAddresses.of(List.of(profile(other, 8))).delta("0a", 5))
                .contains("http://mirror.example/0a-5-delta");
        assertThat(ShardAddresses.of(List.of(profile(null, 1))).of("0a", 0)).isEmpty();
        assertThat(ShardAddresses.of(List.of(profile(null, 1))).delta("0a", 0)).isEmpty();
    }

    /// Two lists without names would each claim to hold everything.
    @Test
    void whereNoCertificateNamesAListThereIsOne() {
        assertThat(ShardAddresses.of(List.of(profile(null, 8))).shards()).isEqualTo(1);
    }

    @Test
    void profilesThatDisagreeHaveNone() {
        var profiles = List.of(profile(URL, 2), profile(URL, 3));

        assertThatThrownBy(() -> ShardAddresses.of(profiles))
                .hasMessage("shards: are [2, 3] in different profiles; a CA has one number of revocation lists");
    }

    @Test
    void aCertificateBelongsToTheListThatItNames() throws Exception {
        assertThat(ShardAddresses.of(List.of(profile(URL, 8))).shardOf(certificate(URL, 8, 21), KEY_ID))
                .isEqualTo(5);
    }

    /// Relying parties look where the certificate says, whatever the number of lists is by now.
    @Test
    void alsoWhenTheNumberOfListsHasChangedSince() throws Exception {
        assertThat(ShardAddresses.of(List.of(profile(URL, 16))).shardOf(certificate(URL, 8, 29), KEY_ID))
                .isEqualTo(5);
        assertThat(ShardAddresses.of(List.of(profile(URL, 2))).shardOf(certificate(URL, 8, 29), KEY_ID))
                .isEqualTo(5);
    }

    @Test
    void aCertificateThatNamesNoneBelongsToThatOfItsSerialNumber() throws Exception {
        var addresses = ShardAddresses.of(List.of(profile(URL, 8)));

        assertThat(addresses.shardOf(certificate(null, 8, 21), KEY_ID)).isEqualTo(5);
        assertThat(addresses.shardOf(certificate("http://former.example/{shard}", 8, 21), KEY_ID))
                .isEqualTo(5);
    }
}
