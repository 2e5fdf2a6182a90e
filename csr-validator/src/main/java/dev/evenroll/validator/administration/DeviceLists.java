package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceQuery;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// Lists of devices, of all replicas together.
@Singleton
final class DeviceLists {

    private static final ReplicaLists.Kind<DeviceView.Page, DeviceView, String> DEVICES = new ReplicaLists.Kind<>(
            DeviceView.Page.class,
            DeviceView.Page::devices,
            DeviceView.Page::next,
            DeviceView::deviceId,
            text -> text,
            DeviceView.Page::new);

    private final DeviceDirectory directory;
    private final ReplicaLists lists;

    DeviceLists(DeviceDirectory directory, ReplicaLists lists) {
        this.directory = directory;
        this.lists = lists;
    }

    /// The page that a caller wants; for another replica the part of it that this one holds.
    ///
    /// @throws RegistryUnavailableException when a part of the registry can not be looked at
    Response page(DeviceQuery query, Call call) throws CallRefusedException, RegistryUnavailableException {
        var found = directory.list(query);
        var devices = found.devices().stream()
                .map(device -> DeviceView.of(device, List.of()))
                .toList();
        var here = new ReplicaLists.Part<>(new DeviceView.Page(devices, found.next()), found.partitions());
        return lists.page(DEVICES, here, query.limit(), call);
    }
}
