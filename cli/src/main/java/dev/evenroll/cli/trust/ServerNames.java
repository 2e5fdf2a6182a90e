package dev.evenroll.cli.trust;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The names by which a server of the local stack is called: those of this machine, and what was configured.
///
/// @param dns host names
/// @param addresses IPv4 addresses in text
record ServerNames(List<String> dns, List<String> addresses) {

    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    static final ServerNames LOOPBACK = new ServerNames(List.of("localhost"), List.of("127.0.0.1"));

    ServerNames {
        dns = List.copyOf(dns);
        addresses = List.copyOf(addresses);
    }

    /// @throws IllegalArgumentException for what is neither a host name nor an IPv4 address
    ServerNames and(List<String> more) {
        for (var name : more) {
            if (!HOST.matcher(name).matches()) {
                throw new IllegalArgumentException("\"" + name
                        + "\" is neither a host name nor an IPv4 address; give the name that devices call.");
            }
        }
        var allDns = new LinkedHashSet<>(dns);
        var allAddresses = new LinkedHashSet<>(addresses);
        more.forEach(name -> (ADDRESS.matcher(name).matches() ? allAddresses : allDns).add(name));
        return new ServerNames(List.copyOf(allDns), List.copyOf(allAddresses));
    }

    List<String> all() {
        return Stream.concat(dns.stream(), addresses.stream()).toList();
    }
}
