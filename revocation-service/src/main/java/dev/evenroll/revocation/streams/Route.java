package dev.evenroll.revocation.streams;

import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.state.CertificateMoved;
import dev.evenroll.schemas.state.CertificateProgressed;
import dev.evenroll.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecordBase;

/// Where an event goes from a processor.
sealed interface Route {

    /// For the names of nodes.
    String routeName();

    byte[] encode(SpecificRecordBase event);

    /// To a topic that others read.
    record Published(Topic topic) implements Route {

        @Override
        public String routeName() {
            return topic.aggregateEvent();
        }

        @Override
        public byte[] encode(SpecificRecordBase event) {
            return Outgoing.encode(topic, event);
        }
    }

    /// To another part of the topology, by a repartition topic of its own.
    enum Internal implements Route {
        /// `CertificateMoved`, to the partition of the device.
        CERTIFICATES_OF_DEVICE("certificates-of-device") {
            @Override
            public byte[] encode(SpecificRecordBase event) {
                return MOVED.encode((CertificateMoved) event);
            }
        },
        /// `CertificateProgressed`, to the partition of the certificate.
        CERTIFICATE_PROGRESS("certificate-progress") {
            @Override
            public byte[] encode(SpecificRecordBase event) {
                return PROGRESSED.encode((CertificateProgressed) event);
            }
        };

        private static final Codec<CertificateMoved> MOVED = Codec.of(CertificateMoved.class);
        private static final Codec<CertificateProgressed> PROGRESSED = Codec.of(CertificateProgressed.class);

        private final String routeName;

        Internal(String routeName) {
            this.routeName = routeName;
        }

        @Override
        public String routeName() {
            return routeName;
        }
    }
}
