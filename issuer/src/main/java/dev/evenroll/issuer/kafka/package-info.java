/// The issuer's three loops as transformations of records: prepare, sign, sign-crl. Decode, ask the domain, encode.
@NullMarked
package dev.evenroll.issuer.kafka;

import org.jspecify.annotations.NullMarked;
