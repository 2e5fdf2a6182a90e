package dev.evenroll.validator.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.FieldProblem;
import dev.evenroll.validator.registry.LifeState;
import dev.evenroll.validator.registry.Word;
import dev.evenroll.validator.validation.AuthorityKind;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// What the description of the interface says of single values: what they look like, and whether they are always
/// there. A name means the same wherever it stands, so that it is said once.
final class ApiSchemas {

    /// Everything that is sent in one direction or the other.
    private static final List<Class<? extends Record>> RECORDS = List.of(
            Bodies.DeviceDescription.class,
            Bodies.DevicePatch.class,
            Bodies.BatchLine.class,
            Bodies.Reason.class,
            Bodies.Judgement.class,
            Bodies.RegistrationAuthorityDescription.class,
            Bodies.Ownership.class,
            Bodies.Validity.class,
            DeviceView.class,
            DeviceView.Page.class,
            BatchView.class,
            BatchView.Row.class,
            TokenView.class,
            ApprovalView.class,
            ApprovalView.DecisionView.class,
            ApprovalView.Page.class,
            AuthorityView.class,
            AuthorityView.All.class,
            KeyView.class,
            KeyView.BlockView.class,
            Problem.class,
            FieldProblem.class);

    private static final String DEVICE_ID = "deviceId";

    private static final Set<String> TIMES = Set.of(
            "registeredAt",
            "changedAt",
            "certificateNotAfter",
            "pendingSince",
            "expiresAt",
            "decidedAt",
            "claimedAt",
            "blockedAt",
            "expiringBefore");

    private static final Set<String> DIGESTS =
            Set.of("enrollmentId", "keySha256", "idevidSha256", "requesterSha256", "certificateSha256", "issuerSha256");

    private static final Map<String, List<String>> WORDS = Map.of(
            "state", words(LifeState.values()),
            "enrollmentModels",
                    words(Arrays.stream(EnrollmentModel.values())
                            .filter(model -> model != EnrollmentModel.RENEWAL)
                            .toArray(EnrollmentModel[]::new)),
            "kind", words(AuthorityKind.values()),
            "result",
                    List.of(
                            BatchView.REGISTERED,
                            BatchView.UNCHANGED,
                            BatchView.UPDATED,
                            BatchView.REFUSED,
                            BatchView.INVALID));

    private ApiSchemas() {}

    private static List<String> words(Enum<?>[] constants) {
        return Stream.of(constants).map(Word::of).toList();
    }

    /// Completes the schemas of what is sent.
    static void complete(Map<String, Schema> schemas) {
        for (var type : RECORDS) {
            Optional.ofNullable(schemas.get(name(type))).ifPresent(schema -> complete(type, schema));
        }
    }

    private static String name(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class))
                .map(org.eclipse.microprofile.openapi.annotations.media.Schema::name)
                .orElse(type.getSimpleName());
    }

    private static void complete(Class<? extends Record> type, Schema schema) {
        for (var component : type.getRecordComponents()) {
            Optional.ofNullable(schema.getProperties().get(component.getName()))
                    .ifPresent(value -> complete(component, value, schema));
        }
        schema.setRequired(Arrays.stream(type.getRecordComponents())
                .filter(component -> !mayBeLeftOut(component))
                .map(RecordComponent::getName)
                .toList());
    }

    private static void complete(RecordComponent component, Schema value, Schema whole) {
        var type = component.getDeclaringRecord();
        // What a line of a batch calls its device may be no id, and the model of an approval is not that of a device.
        if (type == ApprovalView.class && component.getName().equals("model")) {
            value.setEnumeration(Stream.concat(words(EnrollmentModel.values()).stream(), Stream.of("unknown"))
                    .map(Object.class::cast)
                    .toList());
        } else if (type != BatchView.Row.class || !component.getName().equals(DEVICE_ID)) {
            complete(component.getName(), value);
        }
        if (isNullable(component) && (type == Bodies.DevicePatch.class || !mayBeLeftOut(component))) {
            whole.addProperty(
                    component.getName(),
                    value.getRef() == null
                            ? value.addType(SchemaType.NULL)
                            : OASFactory.createSchema()
                                    .addAnyOf(value)
                                    .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL)));
        }
    }

    /// In a request what is nullable; in an answer what is said only when there is something.
    private static boolean mayBeLeftOut(RecordComponent component) {
        var type = component.getDeclaringRecord();
        return Stream.of(component.getAccessor(), type)
                        .flatMap(element -> Stream.ofNullable(element.getAnnotation(JsonInclude.class)))
                        .anyMatch(inclusion ->
                                inclusion.value() == JsonInclude.Include.NON_EMPTY || isNullable(component))
                || (type.getEnclosingClass() == Bodies.class && isNullable(component));
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /// Completes a parameter.
    static void complete(Parameter parameter) {
        complete(parameter.getName(), parameter.getSchema());
    }

    private static void complete(String name, Schema schema) {
        var value = schema.getItems() == null ? schema : schema.getItems();
        if (TIMES.contains(name)) {
            value.setFormat("date-time");
        } else if (DIGESTS.contains(name)) {
            value.setPattern("^[0-9a-f]{64}$");
        } else if (name.equals(DEVICE_ID)) {
            value.setPattern("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$");
        } else if (WORDS.containsKey(name)) {
            value.setEnumeration(List.copyOf(WORDS.get(name)));
        } else if (name.equals("limit")) {
            value.setType(List.of(SchemaType.INTEGER));
            value.setMinimum(BigDecimal.ONE);
            value.setMaximum(BigDecimal.valueOf(RequestReader.LARGEST_LIMIT));
            value.setDefaultValue(RequestReader.DEFAULT_LIMIT);
        } else if (name.equals("decided") || name.equals("update")) {
            value.setType(List.of(SchemaType.BOOLEAN));
        }
    }
}
