package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.FieldProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Refuses calls with parameters in the query that nobody would look at: a misspelt filter must not show everything,
/// nor a misspelt wish be carried out without it.
@ApplicationScoped
public class KnownParameters {

    /// The refusal of a call; null when all its parameters are known.
    @ServerRequestFilter
    @Nullable
    Response refused(ContainerRequestContext request, ResourceInfo resource) {
        var known = of(resource.getResourceMethod());
        var problems = request.getUriInfo().getQueryParameters().keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> new FieldProblem(name, reason(known)))
                .toList();
        return problems.isEmpty()
                ? null
                : CallRefusedException.invalid(problems).response();
    }

    private static String reason(List<String> known) {
        return known.isEmpty()
                ? "is not a parameter of this call, which has none; leave it out"
                : "is not a parameter of this call; those are " + String.join(", ", known);
    }

    private static List<String> of(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(parameter -> Stream.ofNullable(parameter.getAnnotation(QueryParam.class)))
                .map(QueryParam::value)
                .sorted()
                .toList();
    }
}
