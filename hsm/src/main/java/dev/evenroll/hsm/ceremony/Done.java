package dev.evenroll.hsm.ceremony;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// What a step has made, or found made.
///
/// @param entry what stands in the record of it
/// @param file where it was written
/// @param certificate empty for a request
/// @param already whether it was there before
public record Done(CeremonyEntry entry, Path file, Optional<X509Certificate> certificate, boolean already) {}
