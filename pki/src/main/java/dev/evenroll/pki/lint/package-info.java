/// The rules a certificate must pass before it is signed, one per file, each with its source.
@NullMarked
package dev.evenroll.pki.lint;

import org.jspecify.annotations.NullMarked;
