package dev.evenroll.revocation.administration;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.revocation.administration.Problem.FieldError;
import dev.evenroll.revocation.inventory.InventoryQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The query parameters of the list of certificates, checked all at once.
final class ListParameters {

    private static final int USUAL_LIMIT = 100;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final List<FieldError> errors = new ArrayList<>();

    private ListParameters() {}

    /// @throws ProblemException when a parameter can not be used, with all that is wrong
    static InventoryQuery read(
            @Nullable String device, @Nullable String state, @Nullable String after, @Nullable String limit) {
        var parameters = new ListParameters();
        var ofDevice = parameters.device(device);
        var inState = parameters.state(state);
        var afterId = parameters.after(after);
        var most = limit(limit, parameters.errors);
        if (!parameters.errors.isEmpty()) {
            throw new ProblemException(400, "The list can not be made from these parameters.", parameters.errors);
        }
        return new InventoryQuery(ofDevice, inState, afterId, most);
    }

    private Optional<String> device(@Nullable String device) {
        if (device != null) {
            DeviceId.problemWith(device).ifPresent(problem -> errors.add(new FieldError("device", problem.message())));
        }
        return Optional.ofNullable(device);
    }

    private Optional<InventoryQuery.State> state(@Nullable String state) {
        if (state == null) {
            return Optional.empty();
        }
        var named = InventoryQuery.State.named(state);
        if (named.isEmpty()) {
            errors.add(new FieldError("state", "must be one of " + InventoryQuery.State.texts()));
        }
        return named;
    }

    private Optional<String> after(@Nullable String after) {
        if (after != null) {
            try {
                CertificateId.parse(after);
            } catch (IllegalArgumentException e) {
                errors.add(new FieldError("after", "must be a certificate id, the next of the page before"));
            }
        }
        return Optional.ofNullable(after);
    }

    /// The length of a page.
    ///
    /// @param errors takes what is wrong with it
    static int limit(@Nullable String limit, List<FieldError> errors) {
        if (limit == null) {
            return USUAL_LIMIT;
        }
        int most = NUMBER.matcher(limit).matches() ? Integer.parseInt(limit) : 0;
        if (most < 1 || most > InventoryQuery.MOST) {
            errors.add(new FieldError("limit", "must be a number from 1 to " + InventoryQuery.MOST));
        }
        return most;
    }
}
