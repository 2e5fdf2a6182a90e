/// What a certificate says beyond the key and the name: written as a [ProfileConfig], used as a [Profile].
@NullMarked
package dev.evenroll.pki.profile;

import org.jspecify.annotations.NullMarked;
