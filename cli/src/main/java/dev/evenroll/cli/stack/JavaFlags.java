package dev.evenroll.cli.stack;

import java.util.ArrayList;
import java.util.List;

/// How the JVMs of the local stack are run: they have to be small, on a machine that has other things to do.
final class JavaFlags {

    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            // Kafka turns the PEM file of every client into a key store in memory, each a hundred milliseconds of key
            // derivation that protects nothing: the file beside it is as readable as that memory.
            "-Dkeystore.pkcs12.keyPbeIterationCount=1",
            // RocksDB, Netty and Kafka's compression are native; asked for, so that the JDK does not warn of them.
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // As the manifest of a Quarkus application asks, which is read only with -jar.
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    private JavaFlags() {}

    static List<String> of(int heapMebibytes, Compilation compilation) {
        var flags = new ArrayList<>(SMALL);
        flags.addAll(compilation.flags());
        flags.add("-Xmx" + heapMebibytes + "m");
        return flags;
    }
}
