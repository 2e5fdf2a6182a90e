package dev.evenroll.revocation.administration;

import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.crl.CrlOverview;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.crl.PublishedCrls;
import dev.evenroll.revocation.crl.UnsignedCrls;
import dev.evenroll.revocation.inventory.DueRenewal;
import dev.evenroll.revocation.inventory.Inventory;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.inventory.MemoryInventory;
import dev.evenroll.revocation.inventory.OrderNotWrittenException;
import dev.evenroll.revocation.inventory.Renewals;
import dev.evenroll.revocation.inventory.RevocationDesk;
import dev.evenroll.revocation.life.RevocationOrder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What stands behind the administration interface in its tests: an inventory in memory, and a pipeline
/// that carries orders out at once, or not at all.
@Singleton
public class TestParts {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    final MovableClock clock = new MovableClock(NOW);
    final TestAuthority authority = new TestAuthority(clock, 2);
    final PublishedCrls published = new PublishedCrls(Issuers.of(authority.issuer()), authority.addresses());
    final MemoryInventory inventory = new MemoryInventory();
    final List<DueRenewal> renewals = Collections.synchronizedList(new ArrayList<>());
    final List<RevocationOrder> orders = Collections.synchronizedList(new ArrayList<>());
    final List<Refusals.Refusal> refusals = Collections.synchronizedList(new ArrayList<>());
    volatile boolean brokerAnswers = true;
    volatile boolean pipelineRuns = true;

    void reset() {
        inventory.clear();
        renewals.clear();
        orders.clear();
        refusals.clear();
        brokerAnswers = true;
        pipelineRuns = true;
    }

    @Produces
    @Singleton
    Inventory inventory() {
        return inventory;
    }

    @Produces
    @Singleton
    Renewals renewals() {
        return (until, after, limit) -> {
            var matching = renewals.stream()
                    .filter(each -> !each.dueAt().isAfter(until))
                    .filter(each -> after.map(place -> each.place().compareTo(place) > 0)
                            .orElse(true))
                    .toList();
            var page = matching.stream().limit(limit).toList();
            return new Renewals.Page(
                    page,
                    page.size() < matching.size() ? Optional.of(page.getLast().place()) : Optional.empty());
        };
    }

    @Produces
    @Singleton
    RevocationDesk desk() {
        return new RevocationDesk(inventory, this::carryOut, clock, Duration.ofMillis(100));
    }

    @Produces
    @Singleton
    CrlOverview overview() {
        return new CrlOverview(published, new UnsignedCrls(), clock);
    }

    @Produces
    @Singleton
    Refusals refusals() {
        return refusals::add;
    }

    private void carryOut(RevocationOrder order) throws OrderNotWrittenException {
        if (!brokerAnswers) {
            throw new OrderNotWrittenException("The broker did not confirm it.", new IllegalStateException());
        }
        orders.add(order);
        try {
            if (pipelineRuns) {
                inventory
                        .find(order.certificateId())
                        .flatMap(life -> life.carryOut(order, clock.instant()))
                        .ifPresent(inventory::put);
            }
        } catch (InventoryUnavailableException e) {
            throw new OrderNotWrittenException("unavailable", e);
        }
    }
}
