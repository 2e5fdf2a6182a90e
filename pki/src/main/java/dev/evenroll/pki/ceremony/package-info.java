/// The certificates of CAs: their names, how they are prepared, the rules that each is measured by before it is signed.
@NullMarked
package dev.evenroll.pki.ceremony;

import org.jspecify.annotations.NullMarked;
