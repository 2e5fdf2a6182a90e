package dev.evenroll.issuer.kafka;

import dev.evenroll.kafka.loop.FaultException;
import java.util.OptionalLong;

/// The numbers of the revocation lists that have been signed and committed, whoever signed them.
@FunctionalInterface
public interface SignedCrlNumbers {

    /// cRLNumber of the last signed list of a shard; empty when none was ever signed.
    ///
    /// @param key issuer key id, hyphen, shard
    /// @throws FaultException when that can not be found out now: then nothing may be signed
    OptionalLong lastOf(String key) throws FaultException;
}
