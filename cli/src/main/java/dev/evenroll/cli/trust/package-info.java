/// Who trusts whom in the local stack: its CAs, certificates, keys and the files that hold them. Made once in the data
/// directory, renewed when it expires, readable for its owner only.
@NullMarked
package dev.evenroll.cli.trust;

import org.jspecify.annotations.NullMarked;
