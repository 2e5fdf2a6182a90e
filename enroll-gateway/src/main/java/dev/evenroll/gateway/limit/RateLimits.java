package dev.evenroll.gateway.limit;

import dev.evenroll.gateway.authentication.CertificateHolder;
import dev.evenroll.gateway.authentication.Requester;
import dev.evenroll.gateway.authentication.TokenHolder;
import dev.evenroll.pki.identity.DeviceId;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// How often one address, one requester and one device may ask.
///
/// The address stands for many where devices share one (NAT), so its limit is wide, and a registration
/// authority, which speaks for many devices from one place, is limited neither by its address nor by its
/// certificate; its bulk jobs are, by [JobLimits]. Nobody can use up what another has: the limit of a device counts for
/// each certificate, and with a
/// token, which nobody has judged yet, for each address apart.
public final class RateLimits {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int IPV6_NETWORK_BYTES = 8;

    /// The limits; 0 for none.
    ///
    /// @param addressPerMinute requests of one IP address, or one IPv6 network of 64 bits
    /// @param requesterPerMinute requests with one certificate
    /// @param devicePerMinute requests for one device
    public record Settings(int addressPerMinute, int requesterPerMinute, int devicePerMinute) {}

    private final Allowance addresses;
    private final Allowance requesters;
    private final Allowance devices;

    public RateLimits(Settings settings, InstantSource clock) {
        this.addresses = new Allowance(settings.addressPerMinute(), MINUTE, clock);
        this.requesters = new Allowance(settings.requesterPerMinute(), MINUTE, clock);
        this.devices = new Allowance(settings.devicePerMinute(), MINUTE, clock);
    }

    /// Counts a request of somebody who is not known.
    public Optional<Excess> count(String address) {
        return taken("address", addresses, network(address));
    }

    /// Counts a request of a requester.
    public Optional<Excess> count(Requester requester, String address) {
        return switch (requester) {
            case TokenHolder _ -> count(address);
            case CertificateHolder holder ->
                switch (holder.credential()) {
                    case REGISTRATION_AUTHORITY -> Optional.empty();
                    case OWN_CERTIFICATE, MANUFACTURER_CERTIFICATE ->
                        count(address).or(() -> taken("requester", requesters, name(holder)));
                };
        };
    }

    /// Counts a request for a device.
    public Optional<Excess> count(Requester requester, DeviceId device, String address) {
        var who = switch (requester) {
            case TokenHolder _ -> network(address);
            case CertificateHolder holder -> name(holder);
        };
        return taken("device", devices, device.value() + " " + who);
    }

    private static Optional<Excess> taken(String who, Allowance allowance, String name) {
        var wait = allowance.take(name);
        return wait.equals(Duration.ZERO) ? Optional.empty() : Optional.of(new Excess(who, allowance.most(), wait));
    }

    private static String name(CertificateHolder holder) {
        return holder.certificate().sha256Hex();
    }

    /// An IPv6 customer has a network of 64 bits and as many addresses as it likes.
    private static String network(String address) {
        try {
            var bytes = InetAddress.ofLiteral(address.split("%", 2)[0]).getAddress();
            return HexFormat.of().formatHex(bytes.length == 4 ? bytes : Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
