/// The issuer's four loops as transformations of records: prepare, prepare-responder, sign, sign-crl. Decode, ask the
/// domain, encode.
@NullMarked
package dev.evenroll.issuer.kafka;

import org.jspecify.annotations.NullMarked;
