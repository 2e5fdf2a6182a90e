package dev.evenroll.revocation.inventory;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.life.CertificateLife;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// An inventory in memory, for tests.
public final class MemoryInventory implements Inventory {

    private final ConcurrentSkipListMap<String, CertificateLife> lives = new ConcurrentSkipListMap<>();
    private volatile boolean unavailable;

    public void put(CertificateLife life) {
        lives.put(life.certificate().id().value(), life);
    }

    public void clear() {
        lives.clear();
        unavailable = false;
    }

    public void breakDown() {
        unavailable = true;
    }

    @Override
    public Optional<CertificateLife> find(CertificateId id) throws InventoryUnavailableException {
        check();
        return Optional.ofNullable(lives.get(id.value()));
    }

    @Override
    public List<CertificateLife> ofDevice(String deviceId) throws InventoryUnavailableException {
        check();
        return lives.values().stream()
                .filter(life -> life.certificate().deviceId().equals(deviceId))
                .toList();
    }

    @Override
    public InventoryPage list(InventoryQuery query) throws InventoryUnavailableException {
        check();
        var matching = lives.tailMap(query.after().orElse(""), false).values().stream()
                .filter(query::matches)
                .toList();
        var page = matching.stream().limit(query.limit()).toList();
        return new InventoryPage(
                page,
                matching.size() > page.size()
                        ? Optional.of(page.getLast().certificate().id().value())
                        : Optional.empty());
    }

    private void check() throws InventoryUnavailableException {
        if (unavailable) {
            throw new InventoryUnavailableException("The inventory is being moved.", new IllegalStateException());
        }
    }
}
