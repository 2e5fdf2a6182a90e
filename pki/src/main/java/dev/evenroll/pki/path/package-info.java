/// Whether a chain of certificates leads to a trust anchor, and in plain words why not.
@NullMarked
package dev.evenroll.pki.path;

import org.jspecify.annotations.NullMarked;
