package dev.evenroll.cli.command;

import dev.evenroll.cli.credentials.DeviceDirectory;
import dev.evenroll.pki.identity.CertificateId;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A device that has its certificate, for the report.
record EnrolledDevice(String id, X509Certificate certificate, DeviceDirectory directory, Duration took) {

    static EnrolledDevice of(String id, X509Certificate certificate, DeviceDirectory directory, long startNanos) {
        return new EnrolledDevice(id, certificate, directory, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    Map<String, Object> fields() {
        var certificateId = CertificateId.of(certificate);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("deviceId", id);
        fields.put("certificateId", certificateId.value());
        fields.put("serialNumber", certificateId.serialNumber());
        fields.put("notBefore", certificate.getNotBefore().toInstant().toString());
        fields.put("notAfter", certificate.getNotAfter().toInstant().toString());
        fields.put("tookMillis", took.toMillis());
        fields.put("key", directory.key().toString());
        fields.put("certificate", directory.certificate().toString());
        fields.put("chain", directory.chain().toString());
        return fields;
    }

    List<String> lines() {
        return List.of(
                id + " has certificate " + CertificateId.of(certificate).serialNumber() + ", valid until "
                        + certificate.getNotAfter().toInstant() + ".",
                "Key, certificate and chain are in " + directory.path() + ".",
                "Verify it: openssl verify -CAfile " + directory.chain() + " " + directory.certificate());
    }
}
