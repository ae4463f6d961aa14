// Makes passkeys and asks them. Codes do without it.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  for (const other of document.querySelectorAll('[data-without-passkey]')) other.hidden = true;
  const complaint = form.querySelector('[role=alert]');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    complaint.hidden = true;
    const options = JSON.parse(form.dataset.options);
    options.challenge = bytes(options.challenge);
    try {
      let parts;
      if (form.dataset.passkey === 'create') {
        options.user.id = bytes(options.user.id);
        const made = await navigator.credentials.create({ publicKey: options });
        parts = { client: made.response.clientDataJSON, attestation: made.response.attestationObject };
      } else {
        const found = await navigator.credentials.get({ publicKey: options });
        parts = {
          id: found.rawId,
          client: found.response.clientDataJSON,
          data: found.response.authenticatorData,
          signature: found.response.signature,
        };
      }
      for (const [name, part] of Object.entries(parts)) form.elements.namedItem(name).value = text(part);
      form.submit();
    } catch {
      complaint.hidden = false;
    }
  });
}
