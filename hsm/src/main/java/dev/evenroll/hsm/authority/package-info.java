/// Where the keys of the issuing CAs are, as files in the directory of CAs say it: `keys/<name>.properties`.
@NullMarked
package dev.evenroll.hsm.authority;

import org.jspecify.annotations.NullMarked;
