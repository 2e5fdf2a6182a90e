@NullMarked
package dev.evenroll.pki.ocsp;

import org.jspecify.annotations.NullMarked;
