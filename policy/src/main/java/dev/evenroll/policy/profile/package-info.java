/// Certificate profiles as operators write them: the format of their file, and what is wrong with it. What a profile
/// means is said by [dev.evenroll.pki.profile].
@NullMarked
package dev.evenroll.policy.profile;

import org.jspecify.annotations.NullMarked;
