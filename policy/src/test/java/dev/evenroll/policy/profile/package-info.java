/// Tests of files of profiles.
@NullMarked
package dev.evenroll.policy.profile;

import org.jspecify.annotations.NullMarked;
