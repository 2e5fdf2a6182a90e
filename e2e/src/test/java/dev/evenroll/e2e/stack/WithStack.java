package dev.evenroll.e2e.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the [RunningStack], which starts with the first test that asks for it and stops after the last test of
/// all.
public final class WithStack implements ParameterResolver {

    private static final ExtensionContext.Namespace SHARED = ExtensionContext.Namespace.create(WithStack.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SHARED)
                .computeIfAbsent(Holder.class, key -> new Holder(), Holder.class)
                .stack();
    }

    /// Closed by JUnit when the whole run is over.
    private static final class Holder implements AutoCloseable {

        private final Path data = temporary();
        private final RunningStack stack = started(data);

        RunningStack stack() {
            return stack;
        }

        @Override
        public void close() throws IOException {
            stack.close();
            try (var files = Files.walk(data)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }

        private static Path temporary() {
            try {
                return Files.createTempDirectory("evenroll-e2e");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static RunningStack started(Path data) {
            try {
                return RunningStack.start(data);
            } catch (Exception e) {
                throw new IllegalStateException("The stack did not start; its logs are in " + data + "/logs", e);
            }
        }
    }
}
