package dev.evenroll.validator.administration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Says in the field Allow which methods are offered at a path: to whoever asks with OPTIONS, and to whoever
/// has used another one (RFC 9110 section 10.2.1, 15.5.6). The framework says it in neither case as it is.
@ApplicationScoped
public class AllowedMethods {

    private static final List<Class<?>> RESOURCES = List.of(
            DeviceResource.class,
            DeviceStateResource.class,
            BatchResource.class,
            ApprovalResource.class,
            KeyResource.class,
            AuthorityResource.class);
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

    private final List<Offer> offers =
            RESOURCES.stream().flatMap(AllowedMethods::offersOf).toList();

    private record Offer(Pattern path, String method) {}

    private static Stream<Offer> offersOf(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> verb(method).map(verb -> new Offer(path(resource, method), verb)));
    }

    private static Stream<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .flatMap(annotation ->
                        Stream.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)))
                .map(HttpMethod::value);
    }

    private static Pattern path(Class<?> resource, Method method) {
        var template = Stream.of(resource.getAnnotation(Path.class), method.getAnnotation(Path.class))
                .flatMap(Stream::ofNullable)
                .map(Path::value)
                .collect(Collectors.joining());
        return Pattern.compile(
                Arrays.stream(VARIABLE.split(template, -1)).map(Pattern::quote).collect(Collectors.joining("[^/]+")));
    }

    @ServerResponseFilter
    void say(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)
                || response.getStatus() == Response.Status.METHOD_NOT_ALLOWED.getStatusCode()) {
            var path = request.getUriInfo().getAbsolutePath().getRawPath();
            response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", at(path)));
        }
    }

    /// @param path escaped
    private Set<String> at(String path) {
        var methods = offers.stream()
                .filter(offer -> offer.path().matcher(path).matches())
                .map(Offer::method)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        methods.add(HttpMethod.OPTIONS);
        return methods;
    }
}
