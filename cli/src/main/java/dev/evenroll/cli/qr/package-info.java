/// What an installer carries to a device: the link with its one-time token, as a QR code (ISO/IEC 18004).
@NullMarked
package dev.evenroll.cli.qr;

import org.jspecify.annotations.NullMarked;
