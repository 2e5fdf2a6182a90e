/// The CA's decision about one certificate: prepare, admit, issue. Pure: no Kafka, no framework, no clock of its own.
@NullMarked
package dev.evenroll.issuer.issuance;

import org.jspecify.annotations.NullMarked;
