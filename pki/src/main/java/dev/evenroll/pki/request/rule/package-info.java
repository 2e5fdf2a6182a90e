/// The rules a public key must pass before it is certified, one per file, each with its source.
@NullMarked
package dev.evenroll.pki.request.rule;

import org.jspecify.annotations.NullMarked;
