package dev.evenroll.revocation.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.evenroll.revocation.crl.CrlOverview;
import dev.evenroll.revocation.crl.PublishedCrl;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A revocation list as the administration interface shows it.
///
/// @param issuerKeyId subjectKeyIdentifier of the CA, lower-case hex
/// @param shard number of the shard, from 0
/// @param crlNumber number of the complete list; absent, like the next four, when none is signed yet
/// @param revoked certificates on it
/// @param thisUpdate when it was made
/// @param nextUpdate when the next one is there at the latest
/// @param urls where certificates say that it is; empty when none says so
/// @param deltaCrlNumber number of the delta list; absent when there is none
/// @param deltaRevoked certificates on the delta list
/// @param unsignedSince since when a list waits for its signature that should have it by now; absent when all is well
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CrlJson(
        String issuerKeyId,
        int shard,
        @Nullable Long crlNumber,
        @Nullable Integer revoked,
        @Nullable Instant thisUpdate,
        @Nullable Instant nextUpdate,
        @Nullable List<String> urls,
        @Nullable Long deltaCrlNumber,
        @Nullable Integer deltaRevoked,
        @Nullable Instant unsignedSince) {

    static CrlJson of(CrlOverview.Line line) {
        var list = line.complete();
        return new CrlJson(
                line.shard().issuerKeyId(),
                line.shard().number(),
                list.map(PublishedCrl::number).orElse(null),
                list.map(PublishedCrl::entries).orElse(null),
                list.map(PublishedCrl::thisUpdate).orElse(null),
                list.map(PublishedCrl::nextUpdate).orElse(null),
                list.map(PublishedCrl::addresses).orElse(null),
                line.delta().map(PublishedCrl::number).orElse(null),
                line.delta().map(PublishedCrl::entries).orElse(null),
                line.unsignedSince().orElse(null));
    }
}
