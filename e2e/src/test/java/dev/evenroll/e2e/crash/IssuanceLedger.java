package dev.evenroll.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.e2e.stack.Topicscope;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the topics tell of the certificates of some devices: what was prepared for them, what of it was signed, and
/// what was put aside with a reason.
///
/// @param prepared serial numbers, each as often as it was prepared
/// @param issued the certificates
/// @param putAside serial numbers of prepared certificates that became dead letters, each of which has a reason
record IssuanceLedger(List<String> prepared, List<CertificateIssued> issued, Set<String> putAside) {

    /// Reads the topics as they are committed now.
    static IssuanceLedger of(Topicscope topics, Collection<String> deviceIds) {
        var devices = Set.copyOf(deviceIds);
        var prepared = topics.records(
                Topics.CERTIFICATE_PREPARED,
                CertificatePrepared.class,
                certificate -> devices.contains(certificate.getDeviceId()));
        var issued = topics.records(
                Topics.CERTIFICATE_ISSUED,
                CertificateIssued.class,
                certificate -> devices.contains(certificate.getDeviceId()));
        return new IssuanceLedger(
                prepared.stream().map(CertificatePrepared::getSerialNumber).toList(), issued, putAside(topics));
    }

    private static Set<String> putAside(Topicscope topics) {
        var source = Topics.CERTIFICATE_PREPARED.name(topics.environment());
        var places = topics
                .records(
                        Topics.deadLetter(Principal.ISSUER),
                        DeadLetter.class,
                        letter -> letter.getSourceTopic().equals(source)
                                && !letter.getCause().isBlank())
                .stream()
                .map(letter -> letter.getSourcePartition() + "/" + letter.getSourceOffset())
                .collect(Collectors.toSet());
        return topics
                .decoded(
                        Topics.CERTIFICATE_PREPARED,
                        CertificatePrepared.class,
                        record -> places.contains(record.partition() + "/" + record.offset()))
                .stream()
                .map(CertificatePrepared::getSerialNumber)
                .collect(Collectors.toSet());
    }

    /// That each device has one certificate, and that nothing was signed unprepared, prepared twice, or left behind.
    void isWholeFor(Collection<String> deviceIds) {
        assertThat(issued.stream().map(CertificateIssued::getDeviceId))
                .as("one certificate per enrollment")
                .containsExactlyInAnyOrderElementsOf(deviceIds);
        assertThat(prepared).as("serial numbers that were prepared").doesNotHaveDuplicates();
        assertThat(prepared)
                .as("every issued serial number has a prepared record")
                .containsAll(serialNumbers());
        assertThat(prepared)
                .as("every prepared record ends issued, or as a dead letter with a reason")
                .allMatch(serialNumber -> serialNumbers().contains(serialNumber) || putAside.contains(serialNumber));
    }

    private Set<String> serialNumbers() {
        return issued.stream().map(CertificateIssued::getSerialNumber).collect(Collectors.toSet());
    }
}
