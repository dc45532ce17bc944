"""The on-screen keyboard: `Keyboard.qml` for the fingers, an `InputMethod` for Chinese, `ChineseInput` between the two."""
