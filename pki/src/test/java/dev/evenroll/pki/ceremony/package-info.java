@NullMarked
package dev.evenroll.pki.ceremony;

import org.jspecify.annotations.NullMarked;
