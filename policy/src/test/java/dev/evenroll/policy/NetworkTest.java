package dev.evenroll.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.policy.yaml.UnusableValueException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, ::10.1.1.1, false",
        "10.0.0.0/8, ::ffff:10.1.1.1, true",
        "192.168.1.128/25, 192.168.1.128, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.168.1.1, 192.168.1.1, true",
        "192.168.1.1/32, 192.168.1.2, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 2001:db8::1, true",
        "2001:db8::/32, 2001:db8:ffff::, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1, true",
        "fe80::/10, fe80::1%eth0, true",
        "10.0.0.0/8, 10.1, false",
        "10.0.0.0/8, 010.1.1.1x, false",
        "0.0.0.0/0, example.org, false",
        "::/0, :::, false"
    })
    void holdsItsAddresses(String network, String address, boolean expected) throws UnusableValueException {
        var range = Network.parse(network);
        assertThat(Network.address(address).map(range::contains).orElse(false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "10.0.0.0/33~\"10.0.0.0/33\" has no prefix length of 0 to 32; write it like 10.0.0.0/8 or 2001:db8::/32",
                "2001:db8::/129~\"2001:db8::/129\" has no prefix length of 0 to 128; write it like 10.0.0.0/8 or 2001:db8::/32",
                "10.0.0.0/~\"10.0.0.0/\" has no prefix length of 0 to 32; write it like 10.0.0.0/8 or 2001:db8::/32",
                "10.0.0.0/-1~\"10.0.0.0/-1\" has no prefix length of 0 to 32; write it like 10.0.0.0/8 or 2001:db8::/32",
                "10.1/8~\"10.1/8\" is not an IP address or a range of them; write it like 10.0.0.0/8 or 2001:db8::/32",
                "localhost~\"localhost\" is not an IP address or a range of them; write it like 10.0.0.0/8 or 2001:db8::/32",
                "256.0.0.1~\"256.0.0.1\" is not an IP address or a range of them; write it like 10.0.0.0/8 or 2001:db8::/32",
                "fe80::1%eth0~\"fe80::1%eth0\" is not an IP address or a range of them; write it like 10.0.0.0/8 or 2001:db8::/32",
                "10.0.0.1/8~\"10.0.0.1/8\" has bits set after its first 8; clear them, or lengthen the prefix",
                "2001:db8::1/64~\"2001:db8::1/64\" has bits set after its first 64; clear them, or lengthen the prefix",
                "::ffff:10.0.0.0/104~\"::ffff:10.0.0.0/104\" is another spelling of 10.0.0.0; write that",
                "010.0.0.0/8~\"010.0.0.0/8\" is another spelling of 10.0.0.0; write that",
            })
    void saysWhatIsWrong(String network, String reason) {
        assertThatThrownBy(() -> Network.parse(network))
                .isInstanceOf(UnusableValueException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.1.0.0/16, 10.0.0.0/8, false",
        "10.0.0.0/8, 10.0.0.0/8, true",
        "10.0.0.0/8, 11.0.0.0/16, false",
        "::/0, 10.0.0.0/8, false"
    })
    void coversNarrowerOnes(String network, String other, boolean expected) throws UnusableValueException {
        assertThat(Network.parse(network).covers(Network.parse(other))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "10.0.0.1, 10.0.0.1/32",
        "2001:DB8:0::/32, 2001:db8::/32",
        "::/0, ::/0",
        "::1, ::1/128",
        "1::2:0:0:3, 1::2:0:0:3/128"
    })
    void isShownAsPeopleWriteIt(String network, String expected) throws UnusableValueException {
        assertThat(Network.parse(network)).hasToString(expected);
    }
}
