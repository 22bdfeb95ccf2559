/** A second of a quiet 440 Hz tone as a WAV file (8 kHz, 16 bit, mono): the recording of every practice call. */
export function toneWav(): Buffer {
  const sampleRate = 8000;
  const bytesPerSample = 2;
  const headerBytes = 44;
  const dataBytes = sampleRate * bytesPerSample;
  const wav = Buffer.alloc(headerBytes + dataBytes);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(1, 22); // one channel
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * bytesPerSample, 28);
  wav.writeUInt16LE(bytesPerSample, 32);
  wav.writeUInt16LE(8 * bytesPerSample, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(dataBytes, 40);
  for (let i = 0; i < sampleRate; i++) {
    const sample = Math.sin((2 * Math.PI * 440 * i) / sampleRate) * 0.2;
    wav.writeInt16LE(Math.round(sample * 0x7fff), headerBytes + i * bytesPerSample);
  }
  return wav;
}
